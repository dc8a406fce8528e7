package io.reprise.it.features.vault;

import java.util.ArrayList;
import java.util.List;

import io.reprise.ActivityFailure;
import io.reprise.ApplicationFailure;
import io.reprise.Workflow;
import io.reprise.Workflows;

/**
 * Keeps a document until it is released.
 */
@Workflow
public class KeepDocument {

	private final Scanner scanner;

	private final List<String> notes = new ArrayList<>();

	private boolean released;

	KeepDocument(Scanner scanner) {
		this.scanner = scanner;
	}

	@Workflow.Run
	public byte[] run(String name, byte[] document, Amount fee) {
		notes.add(name + " costs " + fee);
		byte[] scanned = scanner.scan(document, fee);
		notes.add(Workflows.sideEffect(String.class, () -> "secret side effect"));
		try {
			scanner.refuse(name);
		}
		catch (ActivityFailure ex) {
			ApplicationFailure cause = (ApplicationFailure) ex.getCause();
			notes.add(cause.getMessage() + ", " + cause.details());
		}
		Workflows.await(() -> released);
		return scanner.scan(scanned, fee);
	}

	@Workflow.Signal
	public void release(String note) {
		notes.add(note);
		released = true;
	}

	@Workflow.Query
	public List<String> notes() {
		return notes;
	}

}
