package io.reprise.samples.orders;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/**
 * The shop. It processes all orders of its order file and ends.
 */
@SpringBootApplication
@EnableConfigurationProperties(ShopProperties.class)
public class OrderProcessingApplication {

	public static void main(String[] args) {
		System.exit(SpringApplication.exit(SpringApplication.run(OrderProcessingApplication.class, args)));
	}

}
