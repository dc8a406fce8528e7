package io.reprise.host.liquibase;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** An application whose tables are made by Boot's Liquibase. */
@SpringBootApplication
@EnableScheduling
class LiquibaseApplication {

}
