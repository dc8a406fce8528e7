package io.reprise.definition;

/**
 * An activity that a workflow takes and that no bean of this application provides.
 *
 * @param workflowType name of the workflow type
 * @param place the constructor parameter or field that takes the stub
 * @param activityType the class or interface of the stub
 * @param activity name of the activity
 */
public record MissingActivity(String workflowType, String place, Class<?> activityType, String activity) {

}
