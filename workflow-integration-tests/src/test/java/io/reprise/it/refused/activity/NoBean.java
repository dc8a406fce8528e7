package io.reprise.it.refused.activity;

import io.reprise.Activity;
import io.reprise.Workflow;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Somebody forgot the bean. */
@SpringBootApplication
public class NoBean {

	@Activity("Stock")
	interface Stock {

		void count(String item);

	}

	@Workflow
	static class TakeStock {

		private final Stock stock;

		TakeStock(Stock stock) {
			this.stock = stock;
		}

		@Workflow.Run
		public void run(String item) {
			stock.count(item);
		}

	}

}
