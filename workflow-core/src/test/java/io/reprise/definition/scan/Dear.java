package io.reprise.definition.scan;

class Dear implements Strategy {

	@Override
	public String choose() {
		return new Object() {

			@Override
			public String toString() {
				return System.getenv("PRICE");
			}

		}.toString();
	}

}
