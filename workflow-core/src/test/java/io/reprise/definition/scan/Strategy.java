package io.reprise.definition.scan;

interface Strategy {

	String choose();

}
