package io.reprise.jpa;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Reads snapshots. */
interface SnapshotRepository extends Repository<SnapshotEntity, String> {

	Optional<SnapshotEntity> findById(String runId);

	List<SnapshotEntity> findByRunIdIn(Collection<String> runIds);

	@Modifying
	@Query("delete from SnapshotEntity s where s.runId in :runIds")
	void deleteAll(Collection<String> runIds);

}
