package io.reprise.it.features.deploy.without;

import io.reprise.it.features.deploy.Courier;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/**
 * The application as it is deployed by mistake, without its workflows.
 */
@SpringBootApplication
@Import(Courier.class)
public class Without {

}
