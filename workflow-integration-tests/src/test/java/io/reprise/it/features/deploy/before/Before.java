package io.reprise.it.features.deploy.before;

import io.reprise.it.features.deploy.Courier;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/**
 * The application as it is deployed first.
 */
@SpringBootApplication
@Import(Courier.class)
public class Before {

}
