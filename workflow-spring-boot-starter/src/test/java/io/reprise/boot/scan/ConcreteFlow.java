package io.reprise.boot.scan;

public class ConcreteFlow extends AbstractFlow {

}
