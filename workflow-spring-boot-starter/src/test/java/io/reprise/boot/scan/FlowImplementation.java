package io.reprise.boot.scan;

public class FlowImplementation implements Flow {

	@Override
	public void run() {
		// Only its type matters
	}

}
