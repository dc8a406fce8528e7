package io.reprise.it.features.shop;

import io.reprise.boot.WorkflowScan;
import io.reprise.it.features.partner.Survey;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The application of these tests: a shop with a ledger in its database, a post box and a
 * partner who is not always there.
 */
@SpringBootApplication
@WorkflowScan(basePackageClasses = Survey.class)
public class Shop {

}
