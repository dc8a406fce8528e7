package io.reprise.host.datajdbc;

import org.springframework.data.annotation.Id;

/**
 * An entity that nothing but its repository makes one: no annotation says which module of
 * Spring Data it is for.
 *
 * @param id made by the database
 * @param holder whose it is
 */
record Ticket(@Id Long id, String holder) {

}
