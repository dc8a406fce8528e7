package io.reprise.benchmarks.reprise;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * An application with the starter and nothing else.
 */
@SpringBootApplication
public class BenchmarkApplication {

}
