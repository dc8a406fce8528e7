package io.reprise.testkit.slice;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application as a user would have it. */
@SpringBootApplication
class SubscriptionApplication {

}
