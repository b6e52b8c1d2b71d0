/** What was asked for cannot happen to an object in this state: 409. */
export class Impossible extends Error {
	readonly statusCode = 409;
}
