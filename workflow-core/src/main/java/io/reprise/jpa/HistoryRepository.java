package io.reprise.jpa;

import java.util.Collection;
import java.util.List;

import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Reads histories. */
interface HistoryRepository extends Repository<HistoryEntity, HistoryEntity.Key> {

	@Query("""
			select h from HistoryEntity h where h.runId = :runId and h.firstEventId >= :fromEventId
			order by h.firstEventId""")
	List<HistoryEntity> findFrom(String runId, long fromEventId);

	@Query("""
			select h from HistoryEntity h left join SnapshotEntity s on s.runId = h.runId
			where h.runId in :runIds and h.firstEventId > coalesce(s.lastEventId, 0)
			order by h.runId, h.firstEventId""")
	List<HistoryEntity> findTails(Collection<String> runIds);

	@Modifying
	@Query("delete from HistoryEntity h where h.runId in :runIds")
	void deleteAll(Collection<String> runIds);

}
