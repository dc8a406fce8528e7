package io.reprise.samples.orders;

import java.math.BigDecimal;

/**
 * What a customer wants, as the order file has it.
 *
 * @param id the order, for example {@code order-456}
 * @param customer the customer's number
 * @param email where mail goes
 * @param country where the parcel goes, as an ISO code
 * @param sku the article
 * @param item what the article is called
 * @param quantity how many of it
 * @param amount what the customer pays in all, in US dollars
 * @param card token of the card that is charged
 */
public record Order(String id, String customer, String email, String country, String sku, String item, int quantity,
		BigDecimal amount, String card) {

}
