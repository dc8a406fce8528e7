package io.reprise.protocol;

/**
 * An attempt of a local activity that has no outcome yet.
 *
 * @param activityId the activity's number within the run
 * @param activityType its name
 * @param attempt number of the attempt, from 1
 */
public record LocalAttempt(int activityId, String activityType, int attempt) {

}
