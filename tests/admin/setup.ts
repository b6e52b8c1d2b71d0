import { configure } from '@testing-library/react';

// A busy machine is slow, not wrong.
configure( { asyncUtilTimeout: 8000 } );
jest.setTimeout( 40_000 );
