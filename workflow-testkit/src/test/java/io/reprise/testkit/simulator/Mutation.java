package io.reprise.testkit.simulator;

import io.reprise.spi.CommandGate;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.NodeRegistry;
import io.reprise.spi.TaskDispatch;

/**
 * A bug put in on purpose, between a node and what it calls.
 */
interface Mutation {

	/** No bug but those there are. */
	Mutation NONE = new Mutation() {
	};

	default HistoryStore store(HistoryStore store, SimulatedNode node) {
		return store;
	}

	default NodeRegistry registry(NodeRegistry registry, SimulatedNode node) {
		return registry;
	}

	default TaskDispatch dispatch(TaskDispatch dispatch, SimulatedNode node) {
		return dispatch;
	}

	/** The engine as workers see it. */
	default CommandGate gate(CommandGate engine, SimulatedNode node) {
		return engine;
	}

	/** The engine as clients see it. */
	default CommandGate client(CommandGate engine, SimulatedNode node) {
		return engine;
	}

}
