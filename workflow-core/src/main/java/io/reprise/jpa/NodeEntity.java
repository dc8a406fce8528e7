package io.reprise.jpa;

import java.time.Instant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** An incarnation of a node. */
@Entity
@Immutable
@Table(name = "workflow_node")
@SuppressWarnings("NullAway.Init")
class NodeEntity {

	/** It takes part. */
	static final String JOINED = "JOINED";

	/** It said good-bye. */
	static final String LEFT = "LEFT";

	/** Others declared it dead. Final. */
	static final String DEAD = "DEAD";

	@Id
	@Column(name = "node_id")
	private String nodeId;

	@Column(name = "state")
	private String state;

	@Column(name = "drained")
	private boolean drained;

	@Column(name = "lock_key")
	private @Nullable Long lockKey;

	@Column(name = "locked_at")
	private @Nullable Instant lockedAt;

	@Column(name = "lease_until")
	private Instant leaseUntil;

	protected NodeEntity() {
	}

	String nodeId() {
		return nodeId;
	}

	boolean isDrained() {
		return LEFT.equals(state) && drained;
	}

}
