package io.reprise.spi;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of runs.
 *
 * @param runs the runs; their overlays may be left out
 * @param nextPageToken asks for the next page, or {@code null} after the last
 */
public record RunPage(List<RunRecord> runs, @Nullable String nextPageToken) {

	public RunPage {
		runs = List.copyOf(runs);
	}

}
