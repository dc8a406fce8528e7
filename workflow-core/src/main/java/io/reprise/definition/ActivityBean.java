package io.reprise.definition;

import java.util.function.Supplier;

/**
 * A bean that may carry activities.
 *
 * @param beanName its name, for messages
 * @param userClass its class as written, not that of a proxy
 * @param bean gives the bean, proxies included; asked at each attempt, not before
 */
public record ActivityBean(String beanName, Class<?> userClass, Supplier<?> bean) {

}
