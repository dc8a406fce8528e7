package io.reprise.host.datajdbc;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** An application that uses Spring Data JDBC. */
@SpringBootApplication
@EnableScheduling
class DataJdbcApplication {

}
