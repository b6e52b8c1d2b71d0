/** What browsers have and jsdom lacks, as far as the components ask for it. */
require( '@testing-library/jest-dom' );

class NoObserver {
	observe() {}
	unobserve() {}
	disconnect() {}
}

global.ResizeObserver ??= NoObserver;
global.IntersectionObserver ??= NoObserver;
window.scrollTo = () => {};
Element.prototype.scrollIntoView ??= () => {};
window.matchMedia ??= ( query ) => ( {
	matches: false,
	media: query,
	addEventListener() {},
	removeEventListener() {},
	addListener() {},
	removeListener() {},
} );
