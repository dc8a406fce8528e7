package io.reprise.host.flyway;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** An application whose tables are made by Boot's Flyway. */
@SpringBootApplication
@EnableScheduling
class FlywayApplication {

}
