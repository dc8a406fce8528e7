package io.reprise.testkit;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/** Makes the application context of a {@link WorkflowTest}. */
class WorkflowTestContextBootstrapper extends TestSliceTestContextBootstrapper<WorkflowTest> {

}
