"""What people who write rules and vocabulary work with: coverage, explanations, skeletons."""
