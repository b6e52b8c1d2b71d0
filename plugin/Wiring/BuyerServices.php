<?php
/**
 * The buyer's side.
 *
 * @package SellMyImages
 */

declare( strict_types=1 );

namespace SellMyImages\Wiring;

use SellMyImages\Downloads\DownloadController;
use SellMyImages\Downloads\DownloadRepository;
use SellMyImages\Downloads\ErrorPage;
use SellMyImages\Email\JobMailer;
use SellMyImages\Email\Messages;
use SellMyImages\Email\Sender;
use SellMyImages\Files\FileStreamer;
use SellMyImages\Links\LinkIssuer;
use SellMyImages\Links\LinkTokens;
use SellMyImages\Privacy\Erasure;
use SellMyImages\Privacy\PersonalData;
use SellMyImages\Privacy\PersonalDataRepository;
use SellMyImages\Rest\BodyRules;
use SellMyImages\Storefront\ButtonMarkup;
use SellMyImages\Storefront\Buttons;
use SellMyImages\Storefront\CheckoutsController;
use SellMyImages\Storefront\CheckoutStatus;
use SellMyImages\Storefront\ClickRepository;
use SellMyImages\Storefront\ClicksController;
use SellMyImages\Storefront\ContentPictures;
use SellMyImages\Storefront\ForSale;
use SellMyImages\Storefront\Offers;
use SellMyImages\Storefront\OffersController;
use SellMyImages\Storefront\Pictures;
use SellMyImages\Storefront\PostAsSeen;
use SellMyImages\Storefront\Prices;
use SellMyImages\Storefront\ReturnPage;
use SellMyImages\Storefront\Shop;
use SellMyImages\Storefront\SideDoor;
use SellMyImages\Storefront\StatusMessages;
use SellMyImages\Storefront\StorefrontAssets;
use SellMyImages\Visitors\ClientAddress;
use SellMyImages\Visitors\RateLimiter;
use SellMyImages\Visitors\RateLimitRepository;
use SellMyImages\Visitors\TrustedProxies;
use SellMyImages\Visitors\VisitorSample;

/**
 * Part of the composition root, SellMyImages\Plugin.
 */
trait BuyerServices {

	public function links(): LinkTokens {
		return $this->once( LinkTokens::class, fn(): LinkTokens => new LinkTokens( $this->settings() ) );
	}

	public function link_issuer(): LinkIssuer {
		return $this->once( LinkIssuer::class, fn(): LinkIssuer => new LinkIssuer( $this->jobs(), $this->transaction(), $this->links() ) );
	}

	public function pictures(): Pictures {
		return $this->once( Pictures::class, fn(): Pictures => new Pictures() );
	}

	public function content_pictures(): ContentPictures {
		return $this->once( ContentPictures::class, fn(): ContentPictures => new ContentPictures() );
	}

	public function for_sale(): ForSale {
		return $this->once(
			ForSale::class,
			fn(): ForSale => new ForSale( $this->settings(), new PostAsSeen(), $this->content_pictures() )
		);
	}

	public function offers(): Offers {
		return $this->once(
			Offers::class,
			fn(): Offers => new Offers( $this->settings(), new Prices( $this->settings() ), $this->pictures(), $this->for_sale() )
		);
	}

	public function shop(): Shop {
		return $this->once(
			Shop::class,
			fn(): Shop => new Shop(
				$this->bridge_status(),
				$this->safe_mode(),
				$this->upscaler_pause(),
				$this->payments_pause(),
				$this->stripe_account()
			)
		);
	}

	public function rate_limits(): RateLimitRepository {
		return $this->once( RateLimitRepository::class, fn(): RateLimitRepository => new RateLimitRepository( $this->db() ) );
	}

	public function rate_limiter(): RateLimiter {
		return $this->once(
			RateLimiter::class,
			fn(): RateLimiter => new RateLimiter( $this->rate_limits(), $this->client_address(), $this->visitor_sample() )
		);
	}

	public function trusted_proxies(): TrustedProxies {
		return $this->once( TrustedProxies::class, fn(): TrustedProxies => new TrustedProxies( $this->settings() ) );
	}

	public function client_address(): ClientAddress {
		return $this->once( ClientAddress::class, fn(): ClientAddress => new ClientAddress( $this->trusted_proxies() ) );
	}

	public function visitor_sample(): VisitorSample {
		return $this->once(
			VisitorSample::class,
			fn(): VisitorSample => new VisitorSample( $this->client_address(), $this->trusted_proxies() )
		);
	}

	public function checkout_status(): CheckoutStatus {
		return $this->once(
			CheckoutStatus::class,
			fn(): CheckoutStatus => new CheckoutStatus( $this->jobs(), $this->link_issuer(), new StatusMessages() )
		);
	}

	public function offers_controller(): OffersController {
		return $this->once(
			OffersController::class,
			fn(): OffersController => new OffersController( $this->rate_limiter(), $this->offers(), $this->interest() )
		);
	}

	public function checkouts_controller(): CheckoutsController {
		return $this->once(
			CheckoutsController::class,
			fn(): CheckoutsController => new CheckoutsController(
				$this->rate_limiter(),
				$this->offers(),
				$this->shop(),
				$this->checkouts(),
				$this->bridge_push(),
				$this->interest(),
				$this->jobs(),
				$this->links(),
				$this->checkout_status()
			)
		);
	}

	public function clicks_controller(): ClicksController {
		return $this->once(
			ClicksController::class,
			fn(): ClicksController => new ClicksController( $this->rate_limiter(), $this->offers(), new ClickRepository( $this->db() ) )
		);
	}

	public function downloads(): DownloadRepository {
		return $this->once(
			DownloadRepository::class,
			fn(): DownloadRepository => new DownloadRepository( $this->jobs(), $this->db(), $this->links() )
		);
	}

	public function download_controller(): DownloadController {
		return $this->once(
			DownloadController::class,
			fn(): DownloadController => new DownloadController(
				$this->rate_limiter(),
				$this->downloads(),
				new FileStreamer(),
				new ErrorPage()
			)
		);
	}

	public function side_door(): SideDoor {
		$routes = fn(): array => array( $this->offers_controller(), $this->checkouts_controller(), $this->clicks_controller() );

		return $this->once( SideDoor::class, fn(): SideDoor => new SideDoor( $this->download_controller(), $routes, new BodyRules() ) );
	}

	public function storefront_assets(): StorefrontAssets {
		return $this->once( StorefrontAssets::class, fn(): StorefrontAssets => new StorefrontAssets( $this->file ) );
	}

	/** Asks for the rest only when a buyer comes back. */
	public function return_page(): ReturnPage {
		$order = function ( string $job_id, string $key ): ?array {
			$job = $this->jobs()->find( strtolower( $job_id ) );

			return null !== $job && $this->links()->is_buyer( $job, $key ) ? $this->checkout_status()->of( $job ) : null;
		};

		return $this->once( ReturnPage::class, fn(): ReturnPage => new ReturnPage( $order, $this->storefront_assets() ) );
	}

	public function buttons(): Buttons {
		return $this->once(
			Buttons::class,
			fn(): Buttons => new Buttons(
				$this->offers(),
				$this->for_sale(),
				$this->shop(),
				new ButtonMarkup(),
				$this->storefront_assets(),
				$this->content_pictures()
			)
		);
	}

	public function mailer(): JobMailer {
		return $this->once(
			JobMailer::class,
			fn(): JobMailer => new JobMailer(
				$this->jobs(),
				$this->link_issuer(),
				new Messages(),
				new Sender( $this->settings() ),
				$this->lifecycle(),
				$this->event_log()
			)
		);
	}

	public function privacy(): PersonalData {
		return $this->once(
			PersonalData::class,
			function (): PersonalData {
				$rows    = new PersonalDataRepository( $this->db() );
				$erasure = new Erasure(
					$rows,
					$this->lifecycle(),
					$this->links(),
					$this->commands(),
					$this->attempt_repository(),
					$this->result_files()
				);

				return new PersonalData( $rows, $erasure, $this->jobs() );
			}
		);
	}
}
