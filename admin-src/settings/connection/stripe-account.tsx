import { Button, Notice } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';

import { chooseStripeAccount, type StripeAccountChoice } from '../../api/connection';
import { InlineError } from '../../shared/components/inline-error';
import { useSend } from '../use-send';
import type { Connection } from '../../api/contracts.generated';

interface Props {
	question: NonNullable< Connection[ 'stripe_account_question' ] >;
	onChanged: () => void;
}

/** Whose money it is, asked when the bridge comes with the key of another account. */
export function StripeAccount( { question, onChanged }: Props ) {
	const { isBusy, error, send } = useSend();
	const choose = ( choice: StripeAccountChoice ) => void send( () => chooseStripeAccount( choice ), onChanged );
	return (
		<Notice status="error" isDismissible={ false }>
			<p>
				{ sprintf(
					/* translators: 1, 2: numbers of accounts at Stripe, such as acct_123. */
					__(
						'The bridge’s key belongs to the Stripe account %2$s; so far this shop sold with %1$s. Nothing is sold, refunded or looked up at Stripe until you say which is right. Nothing was lost.',
						'sell-my-images'
					),
					question.from,
					question.to
				) }
			</p>
			{ question.no ? (
				<p>
					{ sprintf(
						/* translators: %s: number of an account at Stripe. */
						__(
							'You said that this is a mistake: give the bridge a key of %s and start it again. Selling then goes on by itself.',
							'sell-my-images'
						),
						question.from
					) }
				</p>
			) : null }
			<div className="smi-ask">
				<Button
					variant="secondary"
					size="compact"
					disabled={ isBusy }
					accessibleWhenDisabled
					onClick={ () => choose( 'new' ) }
				>
					{ __( 'Yes: sell with the new account', 'sell-my-images' ) }
				</Button>
				{ question.no ? null : (
					<Button
						variant="secondary"
						size="compact"
						disabled={ isBusy }
						accessibleWhenDisabled
						onClick={ () => choose( 'old' ) }
					>
						{ __( 'No: this is a mistake', 'sell-my-images' ) }
					</Button>
				) }
			</div>
			{ error && <InlineError>{ error.message }</InlineError> }
		</Notice>
	);
}
