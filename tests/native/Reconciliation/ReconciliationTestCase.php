<?php
/**
 * A shop with a bridge that plays what Stripe's lists show.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Tests\Reconciliation;

use SellMyImages\Rest\Contract;
use SellMyImages\Tests\Jobs\LifecycleTestCase;

abstract class ReconciliationTestCase extends LifecycleTestCase {

	protected const ROUTE = '/smi/v1/reconciliations';

	protected function setUp(): void {
		parent::setUp();
		$this->plugin()->key_ring()->create( 'bridge' );
		$this->plugin()->bridge_state()->keep( array( 'livemode' => false ) );
		$this->plugin()->bridge_state()->seen();
		$this->as_admin();
	}

	/**
	 * @param array<string,mixed> $body Of reconciliation-request.schema.json.
	 * @return array<string,mixed> Of reconciliation.schema.json.
	 */
	protected function begun( array $body = array() ): array {
		$answer = $this->rest( 'POST', self::ROUTE, $body );
		self::assertSame( 202, $answer->get_status(), (string) wp_json_encode( $answer->get_data() ) );
		self::assertTrue( rest_validate_value_from_schema( $answer->get_data(), Contract::load( 'reconciliation-started' ) ) );
		self::assertTrue( $answer->get_data()['is_new'] );

		return $answer->get_data()['reconciliation'];
	}

	/** @return array<string,mixed> Of reconciliation.schema.json. */
	protected function run_now( string $id ): array {
		$answer = $this->rest( 'GET', self::ROUTE . "/$id" );
		self::assertSame( 200, $answer->get_status() );
		self::assertTrue( rest_validate_value_from_schema( $answer->get_data(), Contract::load( 'reconciliation' ) ) );

		return $answer->get_data();
	}

	/** @return array<string,mixed> The pass, leased. */
	protected function pass(): array {
		$command = $this->claim( 'reconcile', 'asked' );
		self::assertNotNull( $command );
		self::assertTrue( rest_validate_value_from_schema( json_decode( (string) wp_json_encode( $command ), true ), Contract::load( 'command-reconcile' ), 'command' ) );

		return $command;
	}

	/**
	 * A hint of the pass.
	 *
	 * @param array<string,mixed> $pass   From pass().
	 * @param string              $type   checkout.session, refund or dispute.
	 * @param string              $object Its number.
	 * @param array<string,mixed> $more   Fields of hint.schema.json.
	 * @return array<string,mixed>
	 */
	protected function shown( array $pass, string $type, string $object, string $state, array $more = array() ): array {
		$word = 'look' === $pass['payload']->mode ? 'look' : 'reconcile';

		return $more + array(
			'id'       => "{$pass['uuid']}.{$pass['lease_no']}:$object",
			'provider' => 'stripe',
			'type'     => "$word.$type",
			'livemode' => 'checkout.session' === $type ? false : null,
			'state'    => $state,
			'amount'   => 490,
			'currency' => 'usd',
		);
	}

	/**
	 * The session of a job.
	 *
	 * @param array<string,mixed> $pass From pass().
	 * @return array<string,mixed>
	 */
	protected function session( array $pass, string $job_id, string $state = 'complete/paid' ): array {
		$id = str_replace( '-', '', $job_id );

		return $this->shown(
			$pass,
			'checkout.session',
			"cs_test_$id",
			$state,
			array( 'site' => $this->plugin()->site_identity()->uuid(), 'job_id' => $job_id, 'session' => "cs_test_$id", 'payment_intent' => 'complete/paid' === $state ? "pi_$id" : null )
		);
	}

	/**
	 * @param list<array<string,mixed>> $hints Hints.
	 * @return list<string> The answers.
	 */
	protected function show( array $hints ): array {
		foreach ( $hints as $hint ) {
			self::assertTrue( rest_validate_value_from_schema( $hint, Contract::load( 'hint' ), 'hint' ) );
		}

		return array_column( $this->sync( array( 'hints' => $hints ) )['answers'], 'answer' );
	}

	/**
	 * @param array<string,mixed>      $pass From pass().
	 * @param array<string,mixed>|null $next Where it goes on.
	 */
	protected function came_to( array $pass, ?array $next, int $seen ): string {
		$snapshot = array( 'type' => 'reconcile', 'cursor' => time() - 60, 'seen' => $seen, 'next' => $next );

		return $this->report( $pass, array( 'outcome' => 'snapshot', 'snapshot' => $snapshot ) );
	}

	/** @return array<string,mixed> A place in a list. */
	protected function place( string $list, int $seen, ?string $after = null ): array {
		return array( 'list' => $list, 'after' => $after, 'since' => time() - 3600, 'started' => time() - 60, 'seen' => $seen );
	}
}
