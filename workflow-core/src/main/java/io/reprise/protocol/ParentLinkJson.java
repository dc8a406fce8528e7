package io.reprise.protocol;

import io.reprise.Internal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * Whose child a run is, as JSON.
 */
@Internal("the kernel stores its state by the same rules")
public final class ParentLinkJson {

	private ParentLinkJson() {
	}

	/**
	 * Writes a link under a name, or nothing for {@code null}.
	 * @param gen where to
	 * @param name the name
	 * @param parent the link, or {@code null}
	 */
	public static void write(JsonGenerator gen, String name, @Nullable ParentLink parent) {
		if (parent == null) {
			return;
		}
		gen.writeObjectPropertyStart(name);
		JsonIo.writeText(gen, "workflow", parent.workflowId());
		JsonIo.writeText(gen, "run", parent.runId());
		gen.writeNumberProperty("child", parent.childId());
		JsonIo.writeText(gen, "rootWorkflow", parent.rootWorkflowId());
		JsonIo.writeText(gen, "rootRun", parent.rootRunId());
		gen.writeEndObject();
	}

	/**
	 * Reads a link.
	 * @param p a parser on its value
	 * @param field the name, for messages
	 * @return the link
	 */
	public static ParentLink read(JsonParser p, String field) {
		JsonIo.expectObject(p, field);
		String workflow = null;
		String run = null;
		Integer child = null;
		String rootWorkflow = null;
		String rootRun = null;
		for (@Nullable
		String name = p.nextName(); name != null; name = p.nextName()) {
			p.nextToken();
			switch (name) {
				case "workflow" -> workflow = JsonIo.text(p, name);
				case "run" -> run = JsonIo.text(p, name);
				case "child" -> child = JsonIo.int32(p, name);
				case "rootWorkflow" -> rootWorkflow = JsonIo.text(p, name);
				case "rootRun" -> rootRun = JsonIo.text(p, name);
				default -> p.skipChildren();
			}
		}
		return new ParentLink(JsonIo.require(workflow, "workflow"), JsonIo.require(run, "run"),
				JsonIo.require(child, "child"), JsonIo.require(rootWorkflow, "rootWorkflow"),
				JsonIo.require(rootRun, "rootRun"));
	}

}
