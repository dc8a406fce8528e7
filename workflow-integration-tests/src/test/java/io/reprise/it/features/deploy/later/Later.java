package io.reprise.it.features.deploy.later;

import io.reprise.it.features.deploy.Courier;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/**
 * The application when no run needs the old path any more.
 */
@SpringBootApplication
@Import(Courier.class)
public class Later {

}
