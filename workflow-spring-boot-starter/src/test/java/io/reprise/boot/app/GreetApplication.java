package io.reprise.boot.app;

import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class GreetApplication {

}
