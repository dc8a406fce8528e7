package io.reprise.replay;

import io.reprise.convert.FailureConverter;
import io.reprise.spi.PayloadConverter;

/**
 * What a machine needs from outside. May be shared by machines.
 *
 * @param converter writes and reads values
 * @param failures writes and reads failures
 * @param policies completes the options of activities
 * @param limits what a run may use
 * @param slices is told when workflow code runs
 */
public record MachineServices(PayloadConverter converter, FailureConverter failures, ActivityPolicies policies,
		ReplayLimits limits, SliceListener slices) {

	public MachineServices(PayloadConverter converter, FailureConverter failures, ActivityPolicies policies,
			ReplayLimits limits) {
		this(converter, failures, policies, limits, SliceListener.NONE);
	}

}
