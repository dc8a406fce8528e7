package io.reprise.jpa;

import java.util.List;

import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Reads nodes. */
interface NodeRepository extends Repository<NodeEntity, String> {

	@Query("select n from NodeEntity n where n.state <> 'JOINED' and n.nodeId <> :nodeId order by n.nodeId")
	List<NodeEntity> findGone(String nodeId);

	@Query("select n.nodeId from NodeEntity n")
	List<String> findIds();

}
