package io.reprise.it.testing;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * An application whose workflows are tested.
 */
@SpringBootApplication
public class RentalApplication {

}
