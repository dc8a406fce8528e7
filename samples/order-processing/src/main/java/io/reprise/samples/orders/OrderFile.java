package io.reprise.samples.orders;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.springframework.core.io.Resource;

/**
 * Reads orders from a CSV file whose first line names the columns. Values hold no commas.
 */
final class OrderFile {

	private OrderFile() {
	}

	static List<Order> read(Resource file) throws IOException {
		return file.getContentAsString(StandardCharsets.UTF_8).lines().skip(1).map(OrderFile::parse).toList();
	}

	private static Order parse(String line) {
		String[] values = line.split(",");
		return new Order(values[0], values[1], values[2], values[3], values[4], values[5], Integer.parseInt(values[6]),
				new BigDecimal(values[7]), values[8]);
	}

}
