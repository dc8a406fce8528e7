package io.reprise.definition.scan;

import java.io.File;
import java.io.FileReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import javax.sql.DataSource;

import io.reprise.Activities;
import io.reprise.Activity;
import io.reprise.Workflow;
import io.reprise.WorkflowClient;
import io.reprise.WorkflowRef;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What differs from machine to machine, and what an activity is for.
 */
@Workflow
public class ForbiddenSurroundings {

	static final String HOME = System.getenv("HOME");

	@Workflow.Run
	@Uses({ "java.lang.System.getenv", "java.lang.System.getProperty", "java.lang.Integer.getInteger" })
	public List<Object> run() {
		return List.of(System.getenv("A"), System.getProperty("b"), Integer.getInteger("c"));
	}

	@Uses("java.lang.System.in")
	InputStream input() {
		return System.in;
	}

	@Uses({ "java.lang.System.exit", "java.lang.Runtime.getRuntime" })
	Runtime machine() {
		System.exit(1);
		return Runtime.getRuntime();
	}

	@Uses({ "java.io.File.exists", "new java.io.FileReader", "java.nio.file.Files.readString" })
	void files(File file, Path path) throws IOException {
		if (file.exists()) {
			new FileReader(file).close();
		}
		Files.readString(path);
	}

	@Uses({ "new java.net.Socket", "java.net.URL.openStream", "java.net.http.HttpClient.newHttpClient" })
	List<Object> network() throws IOException {
		return List.of(new Socket(), URI.create("https://example.org").toURL().openStream(),
				HttpClient.newHttpClient());
	}

	@Uses({ "javax.sql.DataSource.getConnection", "java.sql.Connection.commit",
			"org.springframework.jdbc.core.JdbcTemplate.execute" })
	void database(DataSource dataSource, JdbcTemplate template) throws SQLException {
		Connection connection = dataSource.getConnection();
		connection.commit();
		template.execute("DELETE");
	}

	@Uses({ "io.reprise.WorkflowClient.handle", "io.reprise.WorkflowRef.cancel" })
	void client(WorkflowClient client) {
		WorkflowRef other = client.handle("other");
		other.cancel();
	}

	@Uses("io.reprise.Activities.info")
	Object activities() {
		return Activities.info();
	}

	@Uses("new io.reprise.definition.scan.ForbiddenSurroundings$Payments")
	Object payments() {
		return new Payments();
	}

	@Uses("new io.reprise.definition.scan.ForbiddenSurroundings$SmtpMail")
	Object mail() {
		return new SmtpMail();
	}

	/** Nested beans are not workflow code. */
	@Activity
	public static class Payments {

		public long time() {
			return System.currentTimeMillis();
		}

	}

	@Activity
	public interface Mail {

		void send();

	}

	public static class SmtpMail implements Mail {

		@Override
		public void send() {
			System.currentTimeMillis();
		}

	}

}
