package io.reprise.testkit.app;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * An application with workflows, as the test kit's users have.
 */
@SpringBootApplication
public class ShopApplication {

}
