package io.reprise.jpa;

import java.util.Collection;
import java.util.List;

import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Reads the inbox. */
interface InboxRepository extends Repository<InboxEntity, InboxEntity.Key> {

	@Query("""
			select i from InboxEntity i left join ExecutionEntity e on e.runId = i.runId
			where e.owner is null or e.owner = :nodeId order by i.arrival""")
	List<InboxEntity> findFor(String nodeId, Limit limit);

	@Modifying
	@Query("delete from InboxEntity i where i.runId in :runIds")
	void deleteAll(Collection<String> runIds);

}
