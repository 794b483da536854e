// What the console opens with, a tab each. A test asks the portal every one of them.
import whoAmI from './examples/WhoAmI.graphql';
import latestRuns from './examples/LatestRuns.graphql';
import oneRun from './examples/OneRun.graphql';
import machines from './examples/Machines.graphql';
import whatHappens from './examples/WhatHappens.graphql';
import addWorkflow from './examples/AddWorkflow.graphql';

const description = `portal: 1
name: hello
title: Hello
steps:
  - { id: greet, command: "echo hello" }
`;

export const examples = [
  { query: whoAmI },
  { query: latestRuns },
  { query: oneRun, variables: '{ "id": "an id of LatestRuns" }' },
  { query: machines },
  { query: whatHappens },
  { query: addWorkflow, variables: JSON.stringify({ text: description }, null, 2) },
];
