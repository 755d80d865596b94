import { Component, type ReactNode } from 'react';
import { useTexts } from '../lib/texts.ts';
import { Button } from '../ui/button.tsx';
import { PageHeading, Section } from '../ui/section.tsx';

/** The last net: whatever breaks while drawing, there is a page with a way on. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    return this.state.hasFailed ? <Crash /> : this.props.children;
  }
}

function Crash() {
  const t = useTexts('app').crash;
  return (
    <Section isNarrow>
      <PageHeading title={t.title} lead={t.lead} />
      {/* A whole new page on purpose: what broke may be in memory. */}
      <Button onClick={() => window.location.assign('/')}>{t.home}</Button>
    </Section>
  );
}
