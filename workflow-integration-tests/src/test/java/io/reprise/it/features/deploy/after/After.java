package io.reprise.it.features.deploy.after;

import io.reprise.it.features.deploy.Courier;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/**
 * The application with changed workflows.
 */
@SpringBootApplication
@Import(Courier.class)
public class After {

}
