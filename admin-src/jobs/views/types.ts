/** A named view of this user. */
export interface NamedView {
	id: string;
	name: string;
	/** Query of the address, with all that makes the view: tab, filters, search, order and look. */
	address: string;
}
