import { useScenarioStore } from '../../store/scenario-store.ts';
import { useText } from '../i18n/use-text.ts';
import { goTo, hashOf, readHash, usePath } from '../location.ts';
import { Popover } from '../parts/popover.tsx';
import { home, routes, type Route } from '../routes.ts';
import { icons, iconOf } from './icons.tsx';

/** Pages: a rail at the side, a bar at the bottom on a phone. */
export function Rail() {
  const { t } = useText();
  const path = usePath();
  // The links carry the settings: they follow every change, for whoever opens one in another tab.
  useScenarioStore((state) => state.spec);
  const here = path === '' || path === '/' ? home : path;
  const first = routes.filter((route) => route.place === 'rail');
  const others = routes.filter((route) => route.place === 'more');
  return (
    <nav className="rail" aria-label={t('nav.label')}>
      <ul>
        {first.map((route) => (
          <li key={route.path}>
            <RouteLink route={route} here={here} icon />
          </li>
        ))}
        {others.length > 0 && (
          <li className={others.some((route) => route.path === here) ? 'has-current' : undefined}>
            <Popover
              className="rail-more"
              label={
                <>
                  {icons.more}
                  <span>{t('nav.more')}</span>
                </>
              }
            >
              <ul className="more-list">
                {others.map((route) => (
                  <li key={route.path}>
                    <RouteLink route={route} here={here} />
                  </li>
                ))}
              </ul>
            </Popover>
          </li>
        )}
      </ul>
    </nav>
  );
}

function RouteLink(props: { readonly route: Route; readonly here: string; readonly icon?: boolean }) {
  const { t } = useText();
  const { route } = props;
  return (
    <a
      href={hashOf(route.path, readHash().query)}
      aria-current={route.path === props.here ? 'page' : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        goTo(route.path);
        event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
      }}
    >
      {props.icon === true && iconOf(route.path)}
      <span>{t(route.label)}</span>
    </a>
  );
}
