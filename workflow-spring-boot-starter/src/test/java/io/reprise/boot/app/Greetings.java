package io.reprise.boot.app;

import io.reprise.Activity;

@Activity
public class Greetings {

	public String greet(String name) {
		return "Hello " + name;
	}

}
