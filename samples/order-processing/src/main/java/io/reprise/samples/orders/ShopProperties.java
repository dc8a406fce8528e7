package io.reprise.samples.orders;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.io.Resource;

/**
 * Settings of the shop.
 *
 * @param orders CSV file with the orders to process
 * @param ordersAtOnce how many orders may be on their way at the same time
 * @param untilPickup how long a parcel waits for the carrier
 * @param watch id of an order whose outcome is shown in any case
 */
@ConfigurationProperties("shop")
public record ShopProperties(Resource orders, int ordersAtOnce, Duration untilPickup, String watch) {

}
