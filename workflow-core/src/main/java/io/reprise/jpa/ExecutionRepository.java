package io.reprise.jpa;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Reads runs. */
interface ExecutionRepository extends Repository<ExecutionEntity, String> {

	Optional<ExecutionEntity> findById(String runId);

	List<ExecutionEntity> findByRunIdIn(Collection<String> runIds);

	Optional<ExecutionEntity> findByOpenKey(byte[] openKey);

	@Query("select e from ExecutionEntity e where e.workflowKey = :key order by e.startTime desc, e.runId desc")
	List<ExecutionEntity> findNewest(byte[] key, Limit limit);

	// The status is a literal, so that PostgreSQL can use its partial indexes
	@Query("""
			select e from ExecutionEntity e where e.status = 0 and e.nextDueAt <= :until
			and (e.owner is null or e.owner = :nodeId) order by e.nextDueAt, e.runId""")
	List<ExecutionEntity> findDue(String nodeId, Instant until, Limit limit);

	@Query("select count(e) from ExecutionEntity e where e.status = 0 and e.stallCode is not null")
	long countStalled();

	@Query("select e.owner from ExecutionEntity e where e.status = 0 and e.owner > :after order by e.owner")
	List<String> findOwnersAfter(String after, Limit limit);

	@Query("select e.runId from ExecutionEntity e where e.status = 0 and e.owner = :owner")
	List<String> findOwnedBy(String owner, Limit limit);

	@Modifying
	@Query("delete from ExecutionEntity e where e.runId in :runIds")
	void deleteAll(Collection<String> runIds);

}
