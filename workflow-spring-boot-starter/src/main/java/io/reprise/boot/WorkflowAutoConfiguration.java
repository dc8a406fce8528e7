package io.reprise.boot;

import java.util.LinkedHashSet;
import java.util.Set;

import javax.sql.DataSource;

import io.reprise.WorkflowClient;
import io.reprise.client.DefaultWorkflowClient;
import io.reprise.client.UuidV7Source;
import io.reprise.convert.FailureConverter;
import io.reprise.definition.ActivityOptionsResolver;
import io.reprise.engine.EngineSettings;
import io.reprise.engine.SystemTicker;
import io.reprise.jpa.JpaPersistence;
import io.reprise.spi.CallerTransaction;
import io.reprise.spi.HistoryStore;
import io.reprise.spi.IdSource;
import io.reprise.spi.NodeRegistry;
import io.reprise.spi.PayloadCodec;
import io.reprise.spi.PayloadConverter;
import io.reprise.spi.Ticker;
import io.reprise.spi.ValueConverter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/**
 * Auto-configuration of workflows that run inside the application.
 */
@AutoConfiguration(after = DataSourceAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "workflow.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ WorkflowProperties.class, CodecProperties.class })
public final class WorkflowAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(WorkflowAutoConfiguration.class);

	WorkflowAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	PayloadConverter workflowPayloadConverter(ObjectProvider<ValueConverter> first,
			@WorkflowJson ObjectProvider<JsonMapper> qualified, ObjectProvider<JsonMapper> all,
			ObjectProvider<WorkflowJsonCustomizer> customizers) {
		return Conversion.chain(first, qualified, all, customizers);
	}

	@Bean
	Conversion workflowConversion(PayloadConverter converter, ObjectProvider<PayloadCodec> codecs,
			CodecProperties properties, HistoryStore store) {
		return Conversion.of(converter, codecs, properties, store);
	}

	@Bean
	@ConditionalOnMissingBean
	IdSource workflowIdSource() {
		return new UuidV7Source();
	}

	@Bean
	@ConditionalOnMissingBean(Ticker.class)
	SystemTicker workflowTicker() {
		return new SystemTicker();
	}

	@Bean
	@ConditionalOnMissingBean
	EngineSettings workflowEngineSettings(WorkflowProperties properties) {
		return properties.engineSettings();
	}

	@Bean
	WorkflowRuntime workflowRuntime(WorkflowProperties properties, HistoryStore store, NodeRegistry registry,
			ObjectProvider<CallerTransaction> transaction, Conversion conversion, IdSource ids, Ticker ticker,
			EngineSettings engineSettings, ConfigurableListableBeanFactory beanFactory, Environment environment,
			ResourceLoader resources, ObjectProvider<BuildProperties> build) {
		RuntimeParts parts = new RuntimeParts(store, registry, transaction.getIfAvailable(() -> CallerTransaction.NONE),
				conversion.converter(), ids, ticker, engineSettings);
		return new WorkflowRuntime(() -> Definitions.find(beanFactory,
				new WorkflowScanner(environment, resources).scan(packages(beanFactory)), conversion.converter(),
				properties), (definitions) -> {
					String buildId = new BuildId(resources).choose(properties.buildId(), build.getIfAvailable(),
							definitions.workflowClasses());
					return new RuntimeNode(properties, buildId, definitions, parts, policies(environment, definitions));
				}, properties.worker().shutdownTimeout());
	}

	static Set<String> packages(ConfigurableListableBeanFactory beanFactory) {
		Set<String> packages = new LinkedHashSet<>();
		if (AutoConfigurationPackages.has(beanFactory)) {
			packages.addAll(AutoConfigurationPackages.get(beanFactory));
		}
		beanFactory.getBeanProvider(WorkflowScanPackages.class)
			.stream()
			.flatMap(WorkflowScanPackages::stream)
			.forEach(packages::add);
		return packages;
	}

	private static ActivityOptionsResolver policies(Environment environment, Definitions definitions) {
		ConfiguredActivities configured = new ConfiguredActivities(environment);
		Set<String> names = definitions.activities().names();
		Set<String> unknown = configured.unknown(names);
		if (!unknown.isEmpty()) {
			logger.warn("Expected properties under workflow.activities to name activities and their options, but these "
					+ "do not: {}. Known activities are {}", unknown, names);
		}
		return new ActivityOptionsResolver(definitions.activities(), configured.settings(names), configured.defaults());
	}

	@Bean
	@ConditionalOnMissingBean
	WorkflowClient workflowClient(WorkflowRuntime runtime, Conversion conversion, IdSource ids,
			WorkflowProperties properties) {
		PayloadConverter converter = conversion.converter();
		RuntimeGateway gateway = new RuntimeGateway(runtime);
		return new DefaultWorkflowClient(gateway, gateway, converter, new FailureConverter(converter), ids,
				properties.namespace());
	}

	/** The application's database keeps workflows, unless it has a store of its own. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(HistoryStore.class)
	static final class JpaConfiguration {

		@Bean
		JpaPersistence workflowPersistence(WorkflowProperties properties, EngineSettings engineSettings,
				@WorkflowDataSource ObjectProvider<DataSource> qualified, ObjectProvider<DataSource> all) {
			JpaPersistence persistence = new JpaPersistence(DataSourceChoice.choose(qualified, all),
					properties.jpaSettings());
			persistence.poolSize()
				.ifPresent(
						(size) -> PoolAdvice.give(size, engineSettings.lanes(), properties.worker().activitySlots()));
			return persistence;
		}

		@Bean
		HistoryStore workflowHistoryStore(JpaPersistence persistence) {
			return persistence.historyStore();
		}

		@Bean
		@ConditionalOnMissingBean
		CallerTransaction workflowCallerTransaction(JpaPersistence persistence) {
			return persistence.callerTransaction();
		}

		@Bean
		@ConditionalOnMissingBean
		NodeRegistry workflowNodeRegistry(JpaPersistence persistence) {
			return persistence.nodeRegistry();
		}

	}

}
