package io.reprise.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.reprise.WorkflowClient;
import io.reprise.WorkflowPage;
import io.reprise.WorkflowRef;
import io.reprise.WorkflowSummary;

/**
 * Keeps histories in files, and finds those that a deployment must be able to go on with.
 * A file is a JSON document, an event's transition a line, which later versions can read.
 */
public final class Histories {

	private static final String SUFFIX = ".json";

	private static final int PAGE = 100;

	private Histories() {
	}

	/**
	 * Writes the history of a run as it is now. Folders are made as needed; a file that
	 * is there is replaced.
	 * @param file where to; best its name ends in {@code .json}
	 * @param workflow a handle; without a run id, the latest run
	 */
	public static void write(Path file, WorkflowRef workflow) {
		try {
			Path folder = file.toAbsolutePath().getParent();
			if (folder != null) {
				Files.createDirectories(folder);
			}
			Files.writeString(file, RecordedHistory.of(workflow).toJson());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Expected to write a history to " + file + ", but could not", ex);
		}
	}

	/**
	 * Reads a history.
	 * @param file where from
	 * @return the history, named like the file
	 * @throws io.reprise.WorkflowException with {@code UNREADABLE_HISTORY} if the file
	 * holds none, or a newer version wrote it
	 */
	public static RecordedHistory read(Path file) {
		try {
			return RecordedHistory.parse(String.valueOf(file.getFileName()), Files.readString(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Expected to read a history from " + file + ", but could not", ex);
		}
	}

	/**
	 * Reads all histories of a folder and of those below: the files that end in
	 * {@code .json}.
	 * @param folder the folder
	 * @return the histories in order of their paths
	 */
	public static List<RecordedHistory> readAll(Path folder) {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().map(Histories::read).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Expected to read histories from " + folder + ", but could not", ex);
		}
	}

	/**
	 * The histories of all open runs, read one after the other as the stream goes on.
	 * @param client a client of the store that has them
	 * @return a stream, to be used once
	 */
	public static Stream<RecordedHistory> open(WorkflowClient client) {
		return list(client, "status = 'Running'");
	}

	/**
	 * The histories of the runs that a filter names, read one after the other as the
	 * stream goes on.
	 * @param client a client of the store that has them
	 * @param filter as in {@link WorkflowClient#list(String)}
	 * @return a stream, to be used once
	 */
	public static Stream<RecordedHistory> list(WorkflowClient client, String filter) {
		List<WorkflowSummary> runs = new ArrayList<>();
		String token = null;
		do {
			WorkflowPage page = client.list(filter, PAGE, token);
			runs.addAll(page.workflows());
			token = page.nextPageToken();
		}
		while (token != null);
		return runs.stream().map(run -> RecordedHistory.of(client.handle(run.workflowId(), run.runId())));
	}

}
