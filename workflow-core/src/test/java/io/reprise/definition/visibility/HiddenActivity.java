package io.reprise.definition.visibility;

class HiddenActivity {

	public String inherited() {
		throw new IllegalStateException("Expected a stub to record this, but it ran");
	}

}
