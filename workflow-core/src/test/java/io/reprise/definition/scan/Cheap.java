package io.reprise.definition.scan;

class Cheap implements Strategy {

	@Override
	public String choose() {
		return "cheap";
	}

}
