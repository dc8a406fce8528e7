package io.reprise.protocol;

/**
 * Says of a child's run whose child it is. Parent and child share a namespace.
 *
 * @param workflowId the parent's workflow id
 * @param runId the parent's run
 * @param childId the child's number within that run
 * @param rootWorkflowId workflow id of the run that has no parent and began it all
 * @param rootRunId that run
 */
public record ParentLink(String workflowId, String runId, int childId, String rootWorkflowId, String rootRunId) {

}
