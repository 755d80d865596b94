import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { PageHeading, Section } from '../ui/section.tsx';
import { appTexts } from './app.texts.ts';

/** The last net: whatever breaks while drawing, there is a page with a way on. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    const t = appTexts.en.crash;
    return (
      <Section isNarrow>
        <PageHeading title={t.title} lead={t.lead} />
        {/* A whole new page on purpose: what broke may be in memory. */}
        <Button onClick={() => window.location.assign('/')}>{t.home}</Button>
      </Section>
    );
  }
}
