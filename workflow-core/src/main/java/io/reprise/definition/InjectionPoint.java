package io.reprise.definition;

import io.reprise.ActivitySettings;

/**
 * Where a workflow takes a stub.
 *
 * @param place the constructor parameter or field, as messages name it
 * @param type the activity type
 * @param settings options of the parameter or field
 */
record InjectionPoint(String place, Class<?> type, ActivitySettings settings) {

}
